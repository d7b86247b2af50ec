"""What an author's compiler does beyond reading: plays of every item, kept until it changes."""
