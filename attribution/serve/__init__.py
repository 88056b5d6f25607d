"""A local web server: the reporter's page, and an API for content management systems.

It needs the extra ``attrib[serve]`` (starlette and uvicorn). Nothing is stored and nothing leaves the machine. Data
flows one way: ``guard`` refuses what does not come from this server's own page or from somebody with its token,
``bodies`` reads what is sent within limits, ``worker`` has it analysed at the ``desk`` in a thread of its own within a
time, and ``api`` answers; ``application`` puts them together and ``running`` runs them.
"""
