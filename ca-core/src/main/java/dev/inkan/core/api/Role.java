package dev.inkan.core.api;

/** What an operator may do (D5). Everybody with any role may read all but the audit log. */
public enum Role {
  /**
   * Registers organisations, looks after masters and users, records requests, revokes and holds.
   */
  CLERK,
  /** Decides on what others asked for. */
  APPROVER,
  /** Reads and exports the audit log; changes nothing. */
  AUDITOR,
  /** Operators, suspension, CRLs and the CA's own upkeep. */
  ADMINISTRATOR
}
