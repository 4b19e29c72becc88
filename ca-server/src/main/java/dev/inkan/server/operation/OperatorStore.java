package dev.inkan.server.operation;

import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.Page;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Operators and their credentials, inside one transaction. */
public interface OperatorStore {

  /** The operator, with credentials as they stand at {@code now}. */
  Optional<Operator> find(String name, Instant now);

  /** Operators in the order of their names. */
  Page<Operator> list(Paging paging, Instant now);

  /**
   * Adds an operator without credential.
   *
   * @return false, and nothing changed, if the name is taken
   */
  boolean add(NewOperator operator, Instant at, String by);

  /**
   * Disables the operator.
   *
   * @return false if there is no such operator that is active
   */
  boolean disable(String name, Instant at, String by);

  /** The names of the administrators that are active, who stay so until the transaction ends. */
  List<String> lockAdministrators();

  /** Whose credential it is. */
  Optional<Holder> holder(Fingerprint fingerprint);

  /**
   * What is known of a credential.
   *
   * @param used whether somebody came with it
   * @param replaced whether a newer one was used since
   */
  record Holder(Operator operator, SerialNumber serialNumber, boolean used, boolean replaced) {}

  void addCredential(Fingerprint fingerprint, String operator, SerialNumber serial, Instant at);

  /**
   * Notes the first use of a credential: the operator's older ones are replaced.
   *
   * @return the serial numbers of those that were not replaced before; nothing if it was used
   *     before
   */
  List<SerialNumber> use(Fingerprint fingerprint, Instant at);
}
