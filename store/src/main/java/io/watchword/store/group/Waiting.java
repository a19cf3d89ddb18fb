package io.watchword.store.group;

/** What may wait in the queue. */
sealed interface Waiting permits Submission, Chore {

  /** Ends the waiting: it was not done. */
  void fail(RuntimeException why);
}
