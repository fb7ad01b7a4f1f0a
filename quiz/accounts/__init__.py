"""Who is here: users, guests who become users, and who may do what."""
