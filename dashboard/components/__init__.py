"""Our own parts of pages that Streamlit does not have."""
