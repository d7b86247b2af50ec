"""Twenty pictures of the real program, of which README shows some, and the script that makes them."""
