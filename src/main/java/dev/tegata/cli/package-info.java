/// The command line: a run, a server, its data, questions without a server.
///
/// The only package that prints.
///
/// Below: everything.
@NullMarked
package dev.tegata.cli;

import org.jspecify.annotations.NullMarked;
