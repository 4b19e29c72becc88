package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * 一般ユーザーの管理 (row C4): the list.
 *
 * @param search what was searched for; empty for all
 * @param sort the column's name in addresses
 * @param order asc or desc
 * @param columns what can be sorted by
 */
public record UserListView(
    Page page,
    Said said,
    String organisation,
    String search,
    String sort,
    String order,
    List<Column> columns,
    List<Row> rows,
    Paging paging)
    implements View {

  /**
   * A head of the table.
   *
   * @param path sorts by it, or the other way round
   * @param sorted ascending or descending, as ARIA says; empty where the list is sorted otherwise
   */
  public record Column(String label, String path, String sorted) {

    /** The shape beside the label. */
    public String shape() {
      return switch (sorted) {
        case "ascending" -> "▲";
        case "descending" -> "▼";
        default -> "";
      };
    }
  }

  /**
   * One user.
   *
   * @param path leads to the user's page
   * @param mailRefused whether the last mail did not arrive
   */
  public record Row(
      String userId,
      String path,
      String name,
      StateWord state,
      StateWord certificate,
      String daysLeft,
      boolean mailRefused) {}

  /**
   * Where in the list this page is.
   *
   * @param count such as 1,000名中 1～50名
   * @param position such as 1／20ページ; empty where there is one page
   * @param first leads to the first page; empty on it, and so are the others
   */
  public record Paging(
      String count, String position, String first, String previous, String next, String last) {}

  @Override
  public String title() {
    return "一般ユーザーの管理";
  }

  @Override
  public String template() {
    return "user-list.jte";
  }

  @Override
  public boolean isWide() {
    return true;
  }
}
