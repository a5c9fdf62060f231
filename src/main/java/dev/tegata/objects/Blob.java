package dev.tegata.objects;

/// Bytes in a file of their own: `id` is opaque and never given twice, `size` counts the bytes.
public record Blob(String id, long size) {}
