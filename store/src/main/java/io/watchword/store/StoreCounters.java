package io.watchword.store;

/**
 * What an engine has done since it was opened, for metrics.
 *
 * @param groups transactions that were committed and had changes
 * @param syncs commits that reached the disk: one a group, and one a sweep that removed something
 * @param units units in all committed groups, with those that changed nothing or threw
 * @param largestGroup units in the largest committed group
 * @param alone groups that failed as a whole and were run again one unit a transaction
 * @param rerun times that a group was run again because another node was first
 * @param waiting units in the queue now
 * @param walBytes of SQLite's write-ahead log in use when last looked at; 0 in PostgreSQL
 */
public record StoreCounters(
    long groups,
    long syncs,
    long units,
    int largestGroup,
    long alone,
    long rerun,
    int waiting,
    long walBytes) {}
