package dev.flowmail.activities.flow;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object of a Flow type.
 *
 * @param developerName the type's name
 */
public record MObject(
        @Nullable String internalId,
        @Nullable String externalId,
        @Nullable String developerName,
        @Nullable String typeElementId,
        int order,
        List<Property> properties,
        @Nullable String typeElementBindingDeveloperName,
        boolean isSelected) {

    public MObject {
        properties = Values.present(properties);
    }

    /** An object that Flowmail makes. */
    public static MObject of(String typeDeveloperName, String externalId, List<Property> properties) {
        return new MObject(null, externalId, typeDeveloperName, null, 0, properties, null, false);
    }

    /** The text of the first property of this name; empty when it is absent, null or {@code ""}. */
    public Optional<String> text(String propertyName) {
        return properties.stream()
                .filter(property -> propertyName.equals(property.developerName()))
                .findFirst()
                .map(Property::contentValue)
                .filter(text -> !text.isEmpty());
    }

    /** The type only: values stay out of logs. */
    @Override
    public String toString() {
        return "MObject[" + developerName + "]";
    }
}
