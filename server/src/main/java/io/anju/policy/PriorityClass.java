package io.anju.policy;

/** A class of households that comes before the rest (优先轮候). */
public record PriorityClass(String id, Text name) {}
