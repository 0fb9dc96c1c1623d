package dev.flowmail.activities.flow;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connector can do.
 *
 * @param culture the request's
 * @param install the types that the connector brings along
 */
public record DescribeResponse(
        @Nullable Culture culture,
        @Nullable String uri,
        List<DescribeValue> configurationValues,
        boolean providesAutoBinding,
        boolean providesDatabase,
        boolean providesFiles,
        boolean providesIdentity,
        boolean providesListening,
        boolean providesLogic,
        boolean providesNotifications,
        boolean providesSmartSave,
        boolean providesSocial,
        boolean providesSharing,
        boolean providesViews,
        boolean providesVoting,
        List<Action> actions,
        Install install) {

    /** A connector that provides files and logic. */
    public static DescribeResponse of(
            @Nullable Culture culture,
            List<DescribeValue> configurationValues,
            List<Action> actions,
            List<TypeElement> types) {
        return new DescribeResponse(
                culture,
                null,
                configurationValues,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                false,
                false,
                actions,
                new Install(types));
    }

    /** A configuration value, an input or an output. */
    public record DescribeValue(
            String developerName,
            @Nullable String contentValue,
            String contentType,
            @Nullable String typeElementDeveloperName,
            int ordinal,
            boolean required) {

        /** The engine's own name of {@link #ordinal}, which is that of its Java SDK. */
        @JsonProperty(value = "order", access = JsonProperty.Access.READ_ONLY)
        public int enginesOrder() {
            return ordinal;
        }

        /** The engine's own name of {@link #required}, which is that of its Java SDK. */
        @JsonProperty(value = "isRequired", access = JsonProperty.Access.READ_ONLY)
        public boolean enginesRequired() {
            return required;
        }

        /** A scalar, e.g. a {@code ContentString}. */
        public static DescribeValue of(String developerName, String contentType, boolean required) {
            return new DescribeValue(developerName, null, contentType, null, 0, required);
        }

        /** A {@code ContentObject} or {@code ContentList} of a type. */
        public static DescribeValue of(
                String developerName, String contentType, String typeDeveloperName, boolean required) {
            return new DescribeValue(developerName, null, contentType, typeDeveloperName, 0, required);
        }
    }

    /**
     * A message action.
     *
     * @param uriPart its path below the connector's address, e.g. {@code actions/email}
     * @param serviceActionOutcomes always empty: outcomes of pages only
     */
    public record Action(
            String uriPart,
            String developerName,
            String developerSummary,
            List<DescribeValue> serviceInputs,
            List<DescribeValue> serviceOutputs,
            List<String> serviceActionOutcomes,
            boolean isViewMessageAction) {

        /** An action for logic. */
        public static Action of(
                String uriPart,
                String developerName,
                String developerSummary,
                List<DescribeValue> serviceInputs,
                List<DescribeValue> serviceOutputs) {
            return new Action(
                    uriPart, developerName, developerSummary, serviceInputs, serviceOutputs, List.of(), false);
        }
    }

    /** What is installed in the tenant along with the connector. */
    public record Install(List<TypeElement> typeElements) {}

    /**
     * A type.
     *
     * @param bindings always empty: of databases only
     */
    public record TypeElement(
            String elementType,
            String developerName,
            String developerSummary,
            @Nullable String id,
            @Nullable String serviceElementId,
            List<TypeProperty> properties,
            List<String> bindings,
            boolean updateByName) {

        /** A type that the connector brings along. */
        public static TypeElement of(String developerName, String developerSummary, List<TypeProperty> properties) {
            return new TypeElement("TYPE", developerName, developerSummary, null, null, properties, List.of(), false);
        }
    }

    /** A property of a type. */
    public record TypeProperty(
            @Nullable String id,
            String developerName,
            @Nullable String contentFormat,
            String contentType,
            @Nullable String typeElementId,
            @Nullable String typeElementDeveloperName) {

        /** A scalar property. */
        public static TypeProperty of(String developerName, String contentType) {
            return new TypeProperty(null, developerName, null, contentType, null, null);
        }
    }
}
