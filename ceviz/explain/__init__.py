"""What is shown, as plain data: numbers as text, formulas, sentences and charts. No Qt."""
