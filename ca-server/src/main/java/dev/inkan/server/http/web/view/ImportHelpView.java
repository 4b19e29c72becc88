package dev.inkan.server.http.web.view;

import java.util.Optional;

/** ⑨ インポート: the import guide as a page of its own (row B18). */
public record ImportHelpView(Page page) implements View {

  @Override
  public String title() {
    return "電子証明書のインポート";
  }

  @Override
  public String template() {
    return "import-help.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.IMPORT);
  }
}
