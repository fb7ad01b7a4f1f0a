"""How facts are asked: forms, wrong options, rules, versions and question sets."""
