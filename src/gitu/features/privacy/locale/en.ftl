# Privacy: sentences of screens, archives and reports.

kind-privacy = Exports and reports
kind-privacy-what = Archives that you asked for, and the report of an erasure, which holds numbers and no name.
kind-privacy-why = So that you can fetch what you asked for, and prove what was erased.

stays-report = The report proves that your data was erased. It holds numbers and an id that belongs to nobody any more, and is deleted in time.

field-erase-confirm = That is not the sign-in name; type it exactly.

privacy-note-rewritten = The database's tables were cleared of the deleted rows.
privacy-note-left-behind = Too large to be written anew, or in use, were: { $tables }. Deleted words can lie in the free space of their files until it is used again; VACUUM FULL on them ends that.
privacy-note-log-cut = The database's own log was begun anew.
privacy-note-log-stays = The database's own log (WAL) could not be cut off by Gitu: deleted words can stand in it until it is recycled, and in backups as long as those are kept.

privacy-read-me = This archive holds what this Gitu has on you: one JSON file for each kind of data, and your files under files/. manifest.json lists the parts, and the columns that were left out because they are secret (hashes of passwords and tokens, keys) or mean nothing outside. Times are in UTC.
privacy-read-me-files = files/workspace holds your workspace, files/kept former contents of files by their SHA-256, which kind "files" names. Files in folders of this machine that you were allowed to use are not Gitu's, and not in here.
