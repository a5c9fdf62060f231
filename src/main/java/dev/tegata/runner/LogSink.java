package dev.tegata.runner;

/// Where the log goes, line by line as the steps make it. A line has no line break in it, and its
/// secrets are hidden. Called by the thread that runs the workflow, and by no other.
@FunctionalInterface
public interface LogSink {
  void line(String text);
}
