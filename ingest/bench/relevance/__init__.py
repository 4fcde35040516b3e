"""`woo bench relevance`: how good the order of answers is, by questions with judged answers, on each engine."""
