"""What a gazette is, where it is kept, and who the bodies in it are. Knows no other package of ours."""
