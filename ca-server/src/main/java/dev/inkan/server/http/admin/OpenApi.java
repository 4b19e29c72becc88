package dev.inkan.server.http.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.inkan.core.api.Problem;
import dev.inkan.core.api.Role;
import dev.inkan.server.http.admin.Endpoint.Answer;
import dev.inkan.server.operation.Outcome;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The description of the API, made of the endpoints themselves. */
final class OpenApi {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");

  private final Map<String, ObjectNode> schemas = new TreeMap<>();

  private OpenApi() {}

  /** The endpoint that shows the description of {@code others} and of itself. */
  static Endpoint endpoint(List<Endpoint> others, RecordJson json, String version) {
    List<Endpoint> all = new ArrayList<>(others);
    Endpoint self =
        Endpoint.get(
            "/openapi.json",
            "This description",
            Answer.text(Answer.JSON),
            call -> Outcome.done(new String(json.write(of(all, version)), StandardCharsets.UTF_8)));
    all.add(self);
    return self;
  }

  private static ObjectNode of(List<Endpoint> endpoints, String version) {
    return new OpenApi().describe(endpoints, version);
  }

  private ObjectNode describe(List<Endpoint> endpoints, String version) {
    ObjectNode paths = NODES.objectNode();
    for (Endpoint endpoint : endpoints) {
      paths
          .withObjectProperty(endpoint.path())
          .set(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint));
    }
    ObjectNode root = NODES.objectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info").put("title", "Inkan admin API").put("version", version);
    root.putArray("servers").addObject().put("url", AdminApplication.BASE);
    root.set("paths", paths);
    JsonNode problem = schema(Problem.class);
    ObjectNode components = root.putObject("components");
    components
        .putObject("responses")
        .putObject("Problem")
        .put("description", "Not done; see type (RFC 9457)")
        .putObject("content")
        .putObject(Problems.CONTENT_TYPE)
        .set("schema", problem);
    components
        .putObject("securitySchemes")
        .putObject("operator")
        .put("type", "mutualTLS")
        .put("description", "An operator's certificate");
    root.putArray("security").addObject().putArray("operator");
    ObjectNode all = components.putObject("schemas");
    schemas.forEach(all::set);
    return root;
  }

  private ObjectNode operation(Endpoint endpoint) {
    ObjectNode operation = NODES.objectNode();
    operation.put("summary", endpoint.summary());
    operation.put(
        "description",
        "Roles: "
            + endpoint.roles().stream().sorted().map(Role::name).collect(Collectors.joining(", ")));
    ArrayNode parameters = operation.putArray("parameters");
    Matcher inPath = IN_PATH.matcher(endpoint.path());
    while (inPath.find()) {
      parameter(parameters, inPath.group(1), "path").putObject("schema").put("type", "string");
    }
    for (Parameter it : endpoint.parameters()) {
      ObjectNode parameter = parameter(parameters, it.name(), "query");
      parameter.put("description", it.meaning());
      parameter.set("schema", schema(it.type()));
    }
    if (endpoint.dryRun()) {
      ObjectNode parameter = parameter(parameters, Parameter.DRY_RUN, "query");
      parameter.put("description", "true: nothing is done, and told what would be");
      parameter.set("schema", schema(boolean.class));
    }
    if (endpoint.body() != Endpoint.Nothing.class) {
      operation
          .putObject("requestBody")
          .putObject("content")
          .putObject(Answer.JSON)
          .set("schema", schema(endpoint.body()));
    }
    responses(operation.putObject("responses"), endpoint.answer());
    return operation;
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, String where) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", where);
    if (where.equals("path")) {
      parameter.put("required", true);
    }
    return parameter;
  }

  private void responses(ObjectNode responses, Answer answer) {
    responses
        .putObject(Integer.toString(answer.status()))
        .put("description", "Done")
        .putObject("content")
        .putObject(answer.contentType())
        .set("schema", answer.page() ? page(answer.type()) : schema(answer.type()));
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
  }

  private ObjectNode page(Class<?> items) {
    ObjectNode page = NODES.objectNode().put("type", "object");
    ObjectNode properties = page.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", schema(items));
    properties.putObject("next").put("type", "string");
    page.putArray("required").add("items");
    return page;
  }

  private JsonNode schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      JsonNode inner = schema(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == Optional.class
          ? inner
          : NODES.objectNode().put("type", "array").set("items", inner);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      String name = plain.getSimpleName();
      if (!schemas.containsKey(name)) {
        schemas.put(name, NODES.objectNode());
        schemas.put(name, object(plain));
      }
      return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
    } else if (plain.isEnum()) {
      ObjectNode word = NODES.objectNode().put("type", "string");
      ArrayNode words = word.putArray("enum");
      for (Object constant : plain.getEnumConstants()) {
        words.add(((Enum<?>) constant).name());
      }
      return word;
    } else if (plain == Instant.class) {
      return NODES.objectNode().put("type", "string").put("format", "date-time");
    } else if (plain == boolean.class) {
      return NODES.objectNode().put("type", "boolean");
    } else if (plain == int.class || plain == Integer.class) {
      return NODES.objectNode().put("type", "integer").put("format", "int32");
    } else if (plain == long.class || plain == Long.class) {
      return NODES.objectNode().put("type", "integer").put("format", "int64");
    }
    return NODES.objectNode().put("type", "string");
  }

  private ObjectNode object(Class<?> type) {
    ObjectNode object = NODES.objectNode().put("type", "object");
    ObjectNode properties = object.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      properties.set(component.getName(), schema(component.getGenericType()));
      boolean mayBeLeftOut =
          component.getType() == Optional.class
              || component.getType() == List.class
              || component.getType() == boolean.class;
      if (!mayBeLeftOut) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      object.set("required", required);
    }
    object.put("additionalProperties", false);
    return object;
  }
}
