"""The words that every face of the program shows: sentences, tables and pictures made of text."""
