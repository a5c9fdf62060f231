/// The programs and libraries that people really use, against a whole server.
///
/// Run by `./check clients`. A client that is missing fails its tests.
@NullMarked
package dev.tegata.clients;

import org.jspecify.annotations.NullMarked;
