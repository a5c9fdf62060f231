/// Questions about decisions that nobody has to make yet: could this token have that role, could
/// that role do this.
///
/// Asked by the same code that decides for clients, and answered with the whole explanation.
/// Nothing is recorded, and nobody gets credentials.
///
/// Below: `sts`, `authorization`, `explain`. Above: `cli`.
@NullMarked
package dev.tegata.question;

import org.jspecify.annotations.NullMarked;
