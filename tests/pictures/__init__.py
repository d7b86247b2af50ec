"""The pictures of the real program that README shows, and the script that makes them."""
