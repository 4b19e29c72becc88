package dev.inkan.server.store;

import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.server.authority.StatusResponder;
import java.time.Instant;
import java.util.List;

/** What a database knows of status nodes' responders, for who has nothing but the database. */
public final class StatusResponderRegister {

  private final Database database;

  public StatusResponderRegister(Database database) {
    this.database = database;
  }

  /** Those of the key with this hash. */
  public List<StatusResponder> of(Fingerprint keyHash) {
    return database.inTransaction(handle -> new JdbiStatusResponderStore(handle).of(keyHash));
  }

  /** The time by the database's clock. */
  public Instant databaseTime() {
    return database.inTransaction(database::time);
  }
}
