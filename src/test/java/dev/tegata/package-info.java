/// What holds for the whole tree, and what tests of every package share.
@NullMarked
package dev.tegata;

import org.jspecify.annotations.NullMarked;
