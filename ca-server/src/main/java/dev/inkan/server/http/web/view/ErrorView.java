package dev.inkan.server.http.web.view;

/**
 * A request that could not be answered.
 *
 * @param number what the visitor tells the helpdesk and an operator finds in the log
 */
public record ErrorView(Page page, Failure failure, String number, WayBack back) implements View {

  @Override
  public String title() {
    return failure.title();
  }

  @Override
  public String template() {
    return "error.jte";
  }
}
