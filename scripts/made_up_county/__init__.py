"""A made-up county: cases that look like a children's service, for trying the warehouse out.

Nothing here is a real child, family or worker. See ``vital-signs demo``.
"""
