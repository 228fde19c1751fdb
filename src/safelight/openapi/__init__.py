"""The API's document (OpenAPI 3.1), made from what tools declare, and its page.

A generator of our own: tools declare an `Action` once, with its limits, for the form, the command
line and the route alike. A library that reads types of request models would need each of them a
second time, and its pages load scripts from other sites.
"""
