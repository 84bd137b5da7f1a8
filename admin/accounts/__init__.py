"""Who is who on the staff site: passwords, second factors, sign-ins, the guard of every page.

What a person may see of the cases is decided elsewhere; this room only says who is asking.
"""
