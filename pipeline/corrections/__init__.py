"""What people changed of the rows of a document, kept apart from what was extracted. Pure: no file and no database.

    model       a correction, who changed what (a mark), a document as it was decided
    replay      extracted rows + the log of corrections → the rows that count; nothing is lost untold
      finding     which row of today a correction is about
      rows        the rows while corrections are put in
      parting     split and merge
      evidence    where the words of a corrected value stand
      reviewing   what a corrected row still asks of a person
    fields      the fields in plain JSON, and back
    typed       what a person types → values of fields; completion of names (`completion`)
    proposing   selected words → a missed row
    gold        decided documents → gold files of ``dondoc evaluate``
    recurring   the same correction again and again → a suggestion of a rule
"""
