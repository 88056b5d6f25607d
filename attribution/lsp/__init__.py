"""A language server: the findings of lint, who says so and how sure the text is, in any editor that speaks LSP.

It needs the extra ``attrib[lsp]`` (pygls and lsprotocol). Data flows one way: ``server`` keeps the open drafts
(``documents``) and has each change analysed in a thread of its own (``session.incremental``); the other modules turn
what was found (``checked``) into what an editor shows. Positions are counted as the editor asks for: in UTF-16 units,
UTF-8 bytes or code points.
"""
