package io.watchword.core.budget;

/** Is told whenever a counter of the budgets refuses something, so that operators see it. */
public interface BudgetWatch {

  /** Tells nobody. */
  BudgetWatch NOBODY = (budget, door, caller) -> {};

  /**
   * Called after the refusal was committed; quick and without exceptions.
   *
   * @param budget name of the counter that is full
   * @param door name of the wire format
   * @param caller who asked
   */
  void refused(String budget, String door, String caller);
}
