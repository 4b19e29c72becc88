package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.instant;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationState;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.secret.CodeState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** How rows of {@code certificate_application} are read. */
final class ApplicationRows {

  private ApplicationRows() {}

  static Application toApplication(ResultSet row, StatementContext context) throws SQLException {
    return new Application(
        new ApplicationId(row.getObject("id", UUID.class)),
        new SubscriberId(row.getString("subscriber_id")),
        ApplicationState.valueOf(row.getString("state")),
        instant(row, "created_at"),
        new CodeState(
            row.getLong("code_counter"),
            row.getInt("code_tries"),
            instant(row, "code_sent_at"),
            instant(row, "code_expires_at")),
        Columns.optionalSecret(row, "sealed_password"),
        Columns.optionalText(row, "issuing_node").map(NodeName::new),
        toFile(row));
  }

  private static Optional<IssuedFile> toFile(ResultSet row) throws SQLException {
    Optional<SerialNumber> serial =
        Columns.optionalText(row, "serial_number").map(SerialNumber::parse);
    if (serial.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new IssuedFile(
            serial.get(),
            row.getString("file_name"),
            Columns.optionalSecret(row, "sealed_file"),
            instant(row, "file_until"),
            Columns.optionalInstant(row, "delivered_at")));
  }
}
