package dev.inkan.admin.command.operator;

import dev.inkan.admin.output.Column;
import dev.inkan.admin.output.Listing;
import dev.inkan.admin.output.Words;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorCredential;
import java.util.List;
import java.util.Optional;

/** How operators look. */
final class OperatorView {

  private OperatorView() {}

  static Listing<Operator> listing() {
    return new Listing<>(
        List.of(
            Column.text("name", Operator::name),
            Column.text("display-name", Operator::displayName),
            Column.text("roles", OperatorView::roles),
            Column.word("state", it -> Optional.of(it.state())),
            Column.serial("credential", it -> newest(it).map(OperatorCredential::serialNumber)),
            Column.end("until", it -> newest(it).map(OperatorCredential::notAfter)),
            Column.day("added", (Operator it) -> Optional.of(it.createdAt())).whereThereIsRoom(),
            Column.text("by", Operator::createdBy).whereThereIsRoom(),
            Column.time("disabled", Operator::disabledAt).inCsvAlone(),
            Column.maybe("disabled-by", Operator::disabledBy).inCsvAlone()),
        "There is no operator.");
  }

  private static Optional<OperatorCredential> newest(Operator operator) {
    return operator.credentials().stream().findFirst();
  }

  static String roles(Operator operator) {
    return String.join(" ", operator.roles().stream().map(Words::of).toList());
  }

  /** {@code kimura (木村 花子), clerk approver}. */
  static String described(Operator operator) {
    return operator.name() + " (" + operator.displayName() + "), " + roles(operator);
  }
}
