package dev.tegata.runner;

/// Where the log goes, line by line as the steps make it. A line has no line break in it.
@FunctionalInterface
public interface LogSink {
  void line(String text);
}
