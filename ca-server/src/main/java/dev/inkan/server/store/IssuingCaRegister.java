package dev.inkan.server.store;

import dev.inkan.server.authority.Generations;

/** Which issuing CAs a database knows, for who has nothing but the database. */
public final class IssuingCaRegister {

  private final Database database;

  public IssuingCaRegister(Database database) {
    this.database = database;
  }

  /** Every issuing CA. */
  public Generations all() {
    return database.inTransaction(handle -> new JdbiIssuingCaStore(handle).all());
  }
}
