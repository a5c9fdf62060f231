/// YAML 1.2 documents whose nodes know their line and column.
///
/// JSON is read by the same reader, being a part of YAML; [Json] reads long documents of it.
/// Foreign bytes: size, depth and the expansion of aliases are bounded.
///
/// Below: nothing. Above: `workflow`, `cloudformation` and `accountdetails` read their files with
/// it.
///
/// Source: <https://yaml.org/spec/1.2.2/>
@NullMarked
package dev.tegata.yaml;

import org.jspecify.annotations.NullMarked;
