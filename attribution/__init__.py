"""attrib: who says so, and how sure are they?"""
