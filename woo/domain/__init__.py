"""The words and rules of publishing under the Woo, in the standard library only."""
