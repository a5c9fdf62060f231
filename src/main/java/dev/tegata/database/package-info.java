/// The SQL database: opened, brought to this program's schema, read and written.
///
/// SQLite in a file of its own, or a PostgreSQL that several servers share. What the two do
/// differently ends here; what the tables mean is for the packages above to say.
///
/// Below: nothing of ours. Above: `store`, `objects`.
@NullMarked
package dev.tegata.database;

import org.jspecify.annotations.NullMarked;
