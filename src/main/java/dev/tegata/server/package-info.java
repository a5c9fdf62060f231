/// HTTP, configuration and wiring: which request goes to which service.
///
/// The only place that knows Jetty, the system clock and every service at once.
///
/// Below: all services. Above: `cli`.
@NullMarked
package dev.tegata.server;

import org.jspecify.annotations.NullMarked;
