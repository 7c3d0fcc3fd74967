{# A person's sex; the contract also accepts the codes of older returns. #}
{% macro landed_sex(column) -%}
    case {{ landed_code(column) }}
        when '1' then 'M'
        when '2' then 'F'
        when '0' then 'U'
        when '9' then 'U'
        when 'I' then 'U'
        else {{ landed_code(column) }}
    end
{%- endmacro %}
