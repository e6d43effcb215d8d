package dev.opencode4j.zen.internal.schema;

import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tree of Jackson 3 as the schema library wants to see it; it brings only one for Jackson 2. */
record TreeNode(JsonNode tree, String getJsonPointer) implements dev.harrel.jsonschema.JsonNode {

    /** Numbers stay as they were written: a schema may ask for multiples of a tenth. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Makes them of trees and of text. */
    static final JsonNodeFactory FACTORY = new JsonNodeFactory() {
        @Override
        public dev.harrel.jsonschema.JsonNode wrap(Object node) {
            if (node instanceof TreeNode known) return known;
            return new TreeNode((JsonNode) node, "");
        }

        @Override
        public dev.harrel.jsonschema.JsonNode create(String rawJson) {
            return new TreeNode(MAPPER.readTree(rawJson), "");
        }
    };

    @Override
    public SimpleType getNodeType() {
        return switch (tree.getNodeType()) {
            case NULL, MISSING -> SimpleType.NULL;
            case BOOLEAN -> SimpleType.BOOLEAN;
            case STRING -> SimpleType.STRING;
            case ARRAY -> SimpleType.ARRAY;
            case OBJECT -> SimpleType.OBJECT;
            case NUMBER -> isWhole() ? SimpleType.INTEGER : SimpleType.NUMBER;
            default -> throw new IllegalArgumentException("no JSON: " + tree.getNodeType());
        };
    }

    private boolean isWhole() {
        return tree.isIntegralNumber() || asNumber().stripTrailingZeros().scale() <= 0;
    }

    @Override
    public boolean asBoolean() {
        return tree.booleanValue();
    }

    @Override
    public String asString() {
        return tree.asString();
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
        return tree.decimalValue();
    }

    @Override
    public List<dev.harrel.jsonschema.JsonNode> asArray() {
        List<dev.harrel.jsonschema.JsonNode> items = new ArrayList<>(tree.size());
        for (JsonNode item : tree) items.add(new TreeNode(item, getJsonPointer + '/' + items.size()));
        return items;
    }

    @Override
    public Map<String, dev.harrel.jsonschema.JsonNode> asObject() {
        Map<String, dev.harrel.jsonschema.JsonNode> fields = new LinkedHashMap<>();
        tree.properties().forEach(field -> fields.put(field.getKey(), child(field)));
        return fields;
    }

    private TreeNode child(Map.Entry<String, JsonNode> field) {
        String step = dev.harrel.jsonschema.JsonNode.encodeJsonPointer(field.getKey());
        return new TreeNode(field.getValue(), getJsonPointer + '/' + step);
    }
}
