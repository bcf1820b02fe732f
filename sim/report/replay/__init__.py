"""The picture of one replication: compact arrays for the map, and the page that plays them.

``ground_data`` is what two nights share (roads, places, names, words); ``night_data`` is one
replication. The page (``page/``) is the same for the dashboard and for a file of its own
(``replay_html``); it loads nothing and writes names as text only.

A layer is a row of the table in ``night["layers"]``: ``id``, ``kind``, ``label`` in both languages
and what its kind needs. A new disaster or force is a new row, not a change of the page.

- ``edges-over-time``: ``series`` (class of every line over time, 0 not drawn), ``classes``
  (label, colour, width, dash); or ``by: rank`` for roads drawn once.
- ``places-over-time``: ``draw`` is ``pie`` (people of a home by groups), ``fill`` (people at a
  place against ``capacity``), ``number`` (people at a place), ``halo`` or ``gauge`` (class of a
  series); ``rows`` are places of the scenario, ``points`` positions of the layer's own.
- ``movers``: ``tracks`` (segments with begin, end, way or straight line, status, load), ``names``,
  ``class`` and ``classes`` (shape, size, colour), ``groups`` of statuses (with a ``look``),
  ``rounds`` and ``columns`` for trips; or ``trips`` for many that are dots while they drive.
- ``polygons``: ``shapes``, ``closed`` or not, one colour or ``series`` with ``classes``.
- ``labels``: names by importance.

Series, tracks and people are step functions of the log's own milliseconds, so whatever the page
counts at a moment is what the log says at that moment.
"""
