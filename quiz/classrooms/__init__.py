"""Classrooms: who learns with whom, and which question sets are given to them."""
