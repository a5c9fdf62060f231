/// The command line, one file a command.
///
/// The only package that prints.
///
/// Below: everything.
@NullMarked
package dev.tegata.cli;

import org.jspecify.annotations.NullMarked;
