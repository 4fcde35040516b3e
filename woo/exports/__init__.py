"""Files made for readers to take away: rows for spreadsheets, and archives that are written while they are sent."""
